using Jingwei.Server.Identifiers.DigitalLinks;
using Microsoft.Extensions.FileProviders;

namespace Jingwei.Server.Console;

/// <summary>The console's own files. Everything that is not the API's is a page of it.</summary>
public static class ConsoleFiles
{
    /// <summary>Where the build put the console; beside the program in a published copy.</summary>
    private static string Folder =>
        AppContext.GetData("Jingwei.Console.Files") is string built && System.IO.Directory.Exists(built)
            ? built
            : Path.Combine(AppContext.BaseDirectory, "wwwroot");

    // Nothing from elsewhere, ever; charts and antd write styles into the page.
    private const string Policy =
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    // Pages of the console and routes of the API never look alike.
    private static readonly string[] NotPages = ["/api", "/health", "/metrics", "/openapi", "/mqtt", "/write", "/epcis", "/ledger"];

    public static void UseConsoleFiles(this WebApplication app)
    {
        if (!System.IO.Directory.Exists(Folder))
        {
            return;
        }

        var files = new PhysicalFileProvider(Folder);
        app.Use((context, next) =>
        {
            if (IsPage(context.Request) && !files.GetFileInfo(context.Request.Path).Exists)
            {
                context.Request.Path = "/index.html";
            }

            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = file => Protect(file.Context.Response, file.File.Name) });
    }

    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) &&
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) &&
        !NotPages.Any(prefix => request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase)) &&
        !DigitalLinkPaths.AreOf(request.Path);

    private static void Protect(HttpResponse response, string file)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "same-origin";
        // Files with a hash in the name never change; the page that names them is asked for each time.
        response.Headers.CacheControl = file == "index.html" ? "no-cache" : "public, max-age=31536000, immutable";
    }
}
