using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Server.Facts.Subscriptions;
using Jingwei.Server.Identifiers;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.Facts;

/// <summary>A repository of EPCIS over real HTTP: engineer and viewer are of the party plant, outsider is of plan. Tests share it, each with objects of its own.</summary>
public sealed class FactWorld : IAsyncLifetime
{
    private readonly Dictionary<string, string> sessions = [];
    private AccessWorld access = null!;

    /// <summary>Private addresses that may be posted to; null for none.</summary>
    public string? Webhooks { get; init; }

    public AccessWorld Access => access;

    public async ValueTask InitializeAsync()
    {
        access = await AccessWorld.StartAsync(new IdentifierOptions(), Webhooks);
        await access.Get<SubscriptionLoop>().StopAsync(AccessWorld.Cancellation);
    }

    public ValueTask DisposeAsync() => access.DisposeAsync();

    public Task<Answer> GetAsync(string? user, string path, params (string Name, string Value)[] headers) => access.SendAsync(Token(user), HttpMethod.Get, path, null, headers);

    public Task<Answer> SendAsync(string? user, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        access.SendAsync(Token(user), method, path, body, headers);

    public Task<Answer> PostAsync(string user, string document, string type = "application/json", string path = "/epcis/capture", params (string Name, string Value)[] headers) =>
        access.SendContentAsync(Token(user), HttpMethod.Post, path, new StringContent(document, Encoding.UTF8, type), headers);

    /// <summary>Captures events, all of which are right, and gives the job.</summary>
    public async Task<JsonNode> CaptureAsync(string user, params string[] events)
    {
        var answer = await PostAsync(user, Document(events));
        Assert.True(answer.Status == HttpStatusCode.Accepted, answer.Text);
        return (await GetAsync(user, answer.Location!)).Json;
    }

    /// <summary>The events of an answer.</summary>
    public async Task<IReadOnlyList<JsonNode>> EventsAsync(string user, string path, params (string Name, string Value)[] headers)
    {
        var answer = await GetAsync(user, path, headers);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return EventsOf(answer);
    }

    public static IReadOnlyList<JsonNode> EventsOf(Answer answer) => [.. answer.Json["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]!.AsArray().Select(each => each!)];

    public static string Document(params string[] events) =>
        $$"""
        {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ext":"http://example.com/ext/"}],"type":"EPCISDocument","schemaVersion":"2.0",
        "creationDate":"2026-03-01T00:00:00Z","epcisBody":{"eventList":[ {{string.Join(',', events)}} ] } }
        """;

    /// <summary>An observation.</summary>
    /// <param name="time">Of the day 2026-03-01, as `08:00:00`.</param>
    public static string Observed(string epc, string time = "08:00:00", string more = "", string step = "inspecting") =>
        $$"""{"type":"ObjectEvent","eventTime":"2026-03-01T{{time}}Z","eventTimeZoneOffset":"+08:00","epcList":["{{epc}}"],"action":"OBSERVE","bizStep":"{{step}}"{{more}}}""";

    private string? Token(string? user)
    {
        if (user is null)
        {
            return null;
        }

        lock (sessions)
        {
            return sessions.TryGetValue(user, out var known) ? known : sessions[user] = access.Session(user);
        }
    }
}
