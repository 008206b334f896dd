// JDBC: URL, user and password, as Spring hands them to the driver that knows the URL.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Jdbc {
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-f]{4})|(.))");

  public static void main(String[] arguments) throws Exception {
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println("{\"error\": " + attempt(variables(line)) + "}");
      System.out.flush();
    }
  }

  private static String attempt(Map<String, String> variables) {
    String prefix = "SPRING_DATASOURCE_";
    try {
      DriverManager.getConnection(
          variables.get(prefix + "URL"), variables.get(prefix + "USERNAME"), variables.get(prefix + "PASSWORD")).close();
      return "null";
    } catch (SQLException refusal) {
      return "\"" + refusal.toString().replaceAll("[^ -~]|[\"\\\\]", " ") + "\"";
    }
  }

  /** The variables of an object of JSON that holds nothing but texts. */
  private static Map<String, String> variables(String line) {
    var found = new HashMap<String, String>();
    Matcher texts = TEXT.matcher(line);
    while (texts.find()) {
      String name = plain(texts.group(1));
      texts.find();
      found.put(name, plain(texts.group(1)));
    }
    return found;
  }

  private static String plain(String text) {
    return ESCAPE.matcher(text).replaceAll(each -> Matcher.quoteReplacement(
        each.group(1) == null ? each.group(2) : String.valueOf((char) Integer.parseInt(each.group(1), 16))));
  }
}
