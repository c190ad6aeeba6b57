using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Server.Identifiers;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.Identifiers.Node;

/// <summary>An identifier node in which the root holds 88.118 and the party plant 88.118.1; anybody may resolve.</summary>
public sealed class NodeWorld : IAsyncDisposable
{
    private readonly AccessWorld access;

    private NodeWorld(AccessWorld access) => this.access = access;

    /// <param name="own">The prefix of the node; the party has the one below it with the number 1, unless it is another's.</param>
    public static async Task<NodeWorld> StartAsync(IdentifierOptions? options = null, string own = "88.118")
    {
        var world = new NodeWorld(await AccessWorld.StartAsync(options ?? new() { PublicValues = true }));
        Assert.Equal(HttpStatusCode.Created, (await world.PostAsync("admin", "/api/prefixes", $$"""{"prefix":"{{own}}","party":"root"}""")).Status);
        Assert.Equal(HttpStatusCode.Created, (await world.PostAsync("admin", "/api/prefixes", $$"""{"prefix":"{{own}}.1","party":"plant"}""")).Status);
        return world;
    }

    public AccessWorld Access => access;

    public T Get<T>() where T : notnull => access.Get<T>();

    public Task<Answer> GetAsync(string? user, string path) => access.GetAsync(Token(user), path);

    public Task<Answer> PostAsync(string? user, string path, string body = "{}") => access.PostAsync(Token(user), path, body);

    public Task<Answer> SendAsync(string? user, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        access.SendAsync(Token(user), method, path, body, headers);

    /// <summary>Registers lines and gives the report.</summary>
    public Task<JsonNode> RegisterAsync(string user, string query, params string[] lines) => RegisterFileAsync(user, query, "application/x-ndjson", string.Join('\n', lines));

    public async Task<JsonNode> RegisterFileAsync(string user, string query, string type, string body)
    {
        var answer = await access.SendContentAsync(Token(user), HttpMethod.Post, "/api/identifiers/batch" + query, new StringContent(body, Encoding.UTF8, type));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return JsonNode.Parse(answer.Text)!;
    }

    /// <summary>Resolves, and gives the types of the values that are told, in their order; the response code alone where none are.</summary>
    public async Task<string> ResolveAsync(string? user, string handle, string query = "")
    {
        var json = JsonNode.Parse((await GetAsync(user, $"/api/handles/{handle}{query}")).Text)!;
        return json["values"] is JsonArray values ? string.Join(' ', values.Select(value => value!["type"])) : json["responseCode"]!.ToString();
    }

    public ValueTask DisposeAsync() => access.DisposeAsync();

    private string? Token(string? user) => user is null ? null : access.Session(user);
}
