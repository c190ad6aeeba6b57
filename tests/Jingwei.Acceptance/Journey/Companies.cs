using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Jingwei.Acceptance.Journey;

/// <summary>Companies beside each other on a server: parties of their own, each with one user, and what they capture.</summary>
internal static class Companies
{
    public const string Password = "a long enough password";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Makes a company and its user, whose id is the company's with "-user" behind it.</summary>
    public static async Task AddCompanyAsync(this ServerProcess server, string id, string name, string role = "engineer")
    {
        await server.SendAsync("/api/parties", new { id, name, parent = "root" });
        await server.SendAsync("/api/users", new { id = $"{id}-user", name, password = Password, party = id });
        await server.SendAsync($"/api/users/{id}-user/grants", new { role, party = id, region = "root" });
    }

    /// <summary>Posts as the operator; the answer, null where it is empty.</summary>
    public static async Task<JsonNode?> SendAsync(this ServerProcess server, string path, object body)
    {
        using var answer = await server.Admin.PostAsJsonAsync(path, body, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.IsSuccessStatusCode, text);
        return text == "" ? null : JsonNode.Parse(text);
    }

    /// <summary>Captures events of a company.</summary>
    /// <param name="places">Master data of its read points: elements of a vocabulary in JSON, parted by commas; none where it is empty.</param>
    public static async Task CaptureAsync(this ServerProcess server, string company, string places, params string[] events)
    {
        var document =
            $$"""
            {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-05T00:00:00Z",
            "epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:epcglobal:epcis:vtype:ReadPoint","vocabularyElementList":[ {{places}} ]}]} },
            "epcisBody":{"eventList":[ {{string.Join(',', events)}} ] } }
            """;
        using var content = new StringContent(document, Encoding.UTF8, "application/json");
        using var answer = await server.Admin.PostAsync($"/epcis/capture?party={company}", content, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
