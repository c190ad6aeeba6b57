using System.Net;
using System.Net.Http.Json;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Identifiers;

/// <summary>The codes of the server as other people's readers see them: zbar reads QR, libdmtx Data Matrix; what they read leads on.</summary>
public sealed class PrintedCodeTests : IAsyncLifetime
{
    private const string Key = "01/06912345678902/10/L%2F7/21/S1";
    private const string Target = "https://acme.example/board";

    private string zbar = null!;
    private string dmtx = null!;
    private ServerProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        zbar = External.Program("zbarimg", "apt-get install zbar-tools");
        dmtx = External.Program("dmtxread", "apt-get install dmtx-utils");
        server = await ServerProcess.StartAsync(null, "serve", "--public-identifiers");
        (await server.Admin.PostAsJsonAsync("/api/prefixes", new { prefix = "88.118", party = "root" })).EnsureSuccessStatusCode();
        (await server.Admin.PutAsync("/api/company-prefixes/6912345/88.118", null)).EnsureSuccessStatusCode();
        foreach (var suffix in new[] { Key, "板 1" })
        {
            var path = string.Join('/', suffix.Split('/').Select(Uri.EscapeDataString));
            (await server.Admin.PutAsJsonAsync($"/api/identifiers/88.118/{path}", new { values = new[] { new { type = "URL", data = Target } } })).EnsureSuccessStatusCode();
        }
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Printed_codes_are_read_by_others_and_lead_on()
    {
        foreach (var query in new[] { "", "&level=L&scale=2", "&level=H&scale=5" })
        {
            await QrLeadsToTheLinkAsync(query);
        }

        foreach (var query in new[] { "", "&scale=3" })
        {
            await DataMatrixHasTheElementsAsync(query);
        }

        // What is no GS1 key leads to its page.
        const string Name = "%E6%9D%BF%201";
        Assert.Equal($"{Origin}/id/88.118/{Name}", await ReadAsync(zbar, ["--nodbus", "-q", "--raw"], Name, "qr", ""));
        Assert.Equal($"{Origin}/id/88.118/{Name}", await ReadAsync(dmtx, ["-n"], Name, "datamatrix", ""));
    }

    private async Task QrLeadsToTheLinkAsync(string query)
    {
        var read = await ReadAsync(zbar, ["--nodbus", "-q", "--raw"], "01/06912345678902/10/L%252F7/21/S1", "qr", query);
        Assert.Equal($"{Origin}/{Key}", read);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        // As the browser of a phone asks.
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        using var answer = await client.GetAsync(new Uri(read), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.TemporaryRedirect, Target), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    // General Specifications, 7.8: FNC1 comes first, and ends what has no predefined length unless it is the last.
    private async Task DataMatrixHasTheElementsAsync(string query)
    {
        var read = await ReadAsync(dmtx, ["-n", "--gs1=29"], "01/06912345678902/10/L%252F7/21/S1", "datamatrix", query);
        Assert.StartsWith("\u001D", read, StringComparison.Ordinal);
        Assert.Equal("010691234567890210L/7\u001D21S1", read.TrimStart('\u001D'));
    }

    private string Origin => server.Http.GetLeftPart(UriPartial.Authority);

    private async Task<string> ReadAsync(string reader, string[] arguments, string suffix, string symbol, string query)
    {
        var file = Path.Combine(server.Data, $"{Guid.NewGuid():n}.png");
        await File.WriteAllBytesAsync(
            file, await server.Admin.GetByteArrayAsync($"/api/codes/88.118/{suffix}?symbol={symbol}&format=png{query}", TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);
        var (code, output) = await ExternalProgram.RunAsync(reader, [.. arguments, file]);
        Assert.Equal(0, code);
        return output.TrimEnd('\n');
    }
}
