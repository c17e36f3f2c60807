import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** Posts a file and keeps the answer in another: java SendFile.java URL CONTENT_TYPE FILE ANSWER */
public class SendFile {
  public static void main(String[] arguments) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(arguments[0]))
        .header("Content-Type", arguments[1])
        .POST(HttpRequest.BodyPublishers.ofFile(Path.of(arguments[2])))
        .build();
    var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofFile(Path.of(arguments[3])));
    if (response.statusCode() != 200) throw new IllegalStateException("status " + response.statusCode());
  }
}
