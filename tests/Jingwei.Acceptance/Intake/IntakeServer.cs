using System.Text.Json.Nodes;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;

namespace Jingwei.Acceptance.Intake;

/// <summary>The counts of all channels at a moment when nothing is pending.</summary>
internal sealed record Books(long Received, long Stored, long Rejected, long Duplicate, long Corrections, IReadOnlyDictionary<string, long> Reasons)
{
    public static Books Of(JsonNode accounting) => new(
        (long)accounting["received"]!, (long)accounting["stored"]!, (long)accounting["rejected"]!, (long)accounting["duplicate"]!,
        (long)accounting["corrections"]!, accounting["reasons"]!.AsObject().ToDictionary(reason => reason.Key, reason => (long)reason.Value!));

    /// <summary>What came since, as (received, stored, rejected, duplicate, corrections).</summary>
    public (long Received, long Stored, long Rejected, long Duplicate, long Corrections) Since(Books before) => (
        Received - before.Received, Stored - before.Stored, Rejected - before.Rejected, Duplicate - before.Duplicate, Corrections - before.Corrections);

    /// <summary>Rejected values by reason that came since.</summary>
    public SortedDictionary<string, long> ReasonsSince(Books before) => new(
        Reasons
            .Select(reason => KeyValuePair.Create(reason.Key, reason.Value - before.Reasons.GetValueOrDefault(reason.Key)))
            .Where(reason => reason.Value != 0)
            .ToDictionary(),
        StringComparer.Ordinal);
}

/// <summary>A running server with one pack that has a property of every kind, shared by the tests of a class.</summary>
public sealed class IntakeServer : IAsyncLifetime
{
    internal ServerProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var packs = System.IO.Directory.CreateTempSubdirectory("jingwei-packs-").FullName;
        foreach (var (path, text) in KindsPack.Files)
        {
            var file = Path.Combine(packs, KindsPack.Id, path);
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text);
        }

        Server = await ServerProcess.StartAsync(null, "serve", "--packs", packs);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Makes a thing with a property of every kind and connects it.</summary>
    internal async Task<MqttClient> ConnectAsync(string id, MqttProtocolVersion version)
    {
        var secret = await Server.AddThingAsync(id, KindsPack.Type);
        return await MqttClient.ConnectAsync(new()
        {
            Host = Server.MqttHost,
            Port = Server.MqttPort,
            Version = version,
            ClientId = id,
            UserName = id,
            Password = secret,
        });
    }

    /// <summary>The counts once nothing is pending and every reject is listed; they add up.</summary>
    internal async Task<Books> SettledAsync()
    {
        var books = Books.Of(await Server.UntilAsync("/api/accounting", accounting => (long)accounting["pending"]! == 0));
        Assert.Equal(books.Received, books.Stored + books.Rejected + books.Duplicate);
        Assert.Equal(books.Rejected, books.Reasons.Values.Sum());
        await Server.UntilAsync("/api/rejects?limit=1000", rejects => rejects["items"]!.AsArray().Count == books.Rejected);
        return books;
    }

    /// <summary>The last rejects that match a query, in the order in which they came, once all are listed.</summary>
    internal async Task<IReadOnlyList<(string Reason, string? Property, string Payload)>> RejectsAsync(string query, int count)
    {
        await SettledAsync();
        return [.. (await Server.GetAsync($"/api/rejects?limit={count}&{query}"))["items"]!.AsArray()
            .Select(item => ((string)item!["reason"]!, (string?)item["property"], (string)item["payload"]!))
            .Reverse()];
    }
}
