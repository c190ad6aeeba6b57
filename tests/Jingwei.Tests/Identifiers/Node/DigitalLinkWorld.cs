using System.Net;
using Jingwei.Server.Identifiers;

namespace Jingwei.Tests.Identifiers.Node;

/// <summary>A node whose party plant holds 88.118.1 and, below it, the keys of the GS1 Company Prefix 6912345; what it answers is not followed.</summary>
public sealed class DigitalLinkWorld : IAsyncLifetime
{
    public const string Gtin = "06912345678902";

    private HttpClient http = null!;

    public NodeWorld Node { get; private set; } = null!;

    public string Stem => Node.Access.Http.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        Node = await NodeWorld.StartAsync(new IdentifierOptions { PublicValues = true });
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Node.Access.Http };
        Assert.Equal(HttpStatusCode.OK, (await Node.SendAsync("admin", HttpMethod.Put, "/api/company-prefixes/6912345/88.118.1")).Status);
        await Node.RegisterAsync(
            "engineer", "",
            $$"""{"handle":"88.118.1/01/{{Gtin}}","values":[{"type":"DESC","data":"电路板"},{"type":"URL","data":"https://acme.example/board"},{"type":"GS1.LINK","data":"{\"linkType\":\"gs1:pip\",\"href\":\"https://acme.example/board/en\",\"title\":\"Board\",\"type\":\"text/html\",\"hreflang\":[\"en\"]}"},{"type":"GS1.LINK","data":"{\"linkType\":\"gs1:pip\",\"href\":\"https://acme.example/board.pdf\",\"title\":\"电路板\",\"type\":\"application/pdf\",\"hreflang\":[\"zh\"],\"fwqs\":false}"},{"type":"GS1.LINK","data":"{\"linkType\":\"gs1:recallStatus\",\"href\":\"https://acme.example/recall?all=1\",\"title\":\"召回\"}"},{"type":"GS1.LINK","data":"{\"linkType\":\"gs1:certificationInfo\",\"href\":\"https://acme.example/c1\",\"title\":\"1\"}"},{"type":"GS1.LINK","data":"{\"linkType\":\"gs1:certificationInfo\",\"href\":\"https://acme.example/c2\",\"title\":\"2\"}"},{"type":"GS1.LINK","data":"{\"linkType\":\"gs1:traceability\",\"href\":\"https://acme.example/trace\",\"title\":\"批次\"}","read":"owner"}]}""",
            $$"""{"handle":"88.118.1/01/{{Gtin}}/10/L%2F7","values":[{"type":"GS1.LINK","data":"{\"linkType\":\"gs1:traceability\",\"href\":\"https://acme.example/lot\",\"title\":\"一批\"}"}]}""",
            $$"""{"handle":"88.118.1/01/{{Gtin}}/21/S1","values":[{"type":"SERIAL","data":"1"}]}""",
            $$"""{"handle":"88.118.1/01/{{Gtin}}/21/HIDDEN","values":[{"type":"URL","data":"https://acme.example/hidden","read":"owner"}]}""",
            """{"handle":"88.118.1/00/069123450000000017","values":[{"type":"URL","data":"https://acme.example/pallet"}]}""");
    }

    /// <summary>Asks for a path; anybody, unless a user is named.</summary>
    public async Task<HttpResponseMessage> AskAsync(string path, HttpMethod? method = null, string? user = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.Authorization = user is null ? null : new("Bearer", Node.Access.Session(user));
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<(int Status, string? Location)> WhereAsync(string path, params (string Name, string Value)[] headers)
    {
        using var answer = await AskAsync(path, null, null, headers);
        return ((int)answer.StatusCode, answer.Headers.Location?.OriginalString);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Node.DisposeAsync();
    }
}
