using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Jingwei.Mqtt;
using Jingwei.Server.Devices;

namespace Jingwei.Server.Telemetry.Twin;

/// <summary>What somebody wants a thing's properties to be.</summary>
/// <param name="Version">Grows with each change; 0 while nothing was ever wanted.</param>
public sealed record DesiredState(long Version, JsonObject Values, DateTimeOffset? At, string? By);

/// <summary>
/// The desired state of each thing, as a retained message on `jw/{thing}/desired`: a thing that connects has it as soon as it subscribes.
/// Stored before it is published; what a stop kept from being published is published at the next start.
/// </summary>
internal sealed class Desired : IDisposable
{
    private readonly Database database;
    private readonly DeviceServer devices;
    private readonly TimeProvider clock;

    // One change at a time, so that the retained message is that of the newest version.
    private readonly SemaphoreSlim gate = new(1);

    public Desired(Database database, DeviceServer devices, TimeProvider clock)
    {
        (this.database, this.devices, this.clock) = (database, devices, clock);
        database.Migrate(
            "telemetry.desired",
            "CREATE TABLE desired (thing TEXT PRIMARY KEY, version BIGINT NOT NULL, published BIGINT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL, set_by TEXT NOT NULL)");
    }

    public DesiredState Of(string thing) => Find(thing) is { } row
        ? new(row.Version, JsonNode.Parse(row.Body)!.AsObject(), DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Set_By)
        : new(0, [], null, null);

    /// <summary>Sets properties, null for no wish any more; null when the state is not of that version any more.</summary>
    public async Task<DesiredState?> ChangeAsync(string thing, JsonObject changes, long? version, string by, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            var before = Of(thing);
            if (version is not null && version != before.Version)
            {
                return null;
            }

            foreach (var (property, value) in changes)
            {
                before.Values.Remove(property);
                if (value is not null)
                {
                    before.Values[property] = value.DeepClone();
                }
            }

            database.Write((store, transaction) => store.Execute(
                """
                INSERT INTO desired (thing, version, published, body, at, set_by) VALUES (@thing, @version, 0, @body, @at, @by)
                ON CONFLICT (thing) DO UPDATE SET version = @version, body = @body, at = @at, set_by = @by
                """,
                new { thing, version = before.Version + 1, body = before.Values.ToJsonString(), at = clock.GetUtcNow().ToUnixTimeMilliseconds(), by },
                transaction));
            await PublishAsync(Find(thing)!);
            return Of(thing);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Publishes what a stop kept from being published.</summary>
    public async Task PublishMissedAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            foreach (var row in database.Read(store => store.Query<Row>("SELECT * FROM desired WHERE published < version").AsList()))
            {
                await PublishAsync(row);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private Row? Find(string thing) => database.Read(store => store.QuerySingleOrDefault<Row>("SELECT * FROM desired WHERE thing = @thing", new { thing }));

    private async Task PublishAsync(Row row)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["version"] = row.Version, ["values"] = JsonNode.Parse(row.Body) });
        await devices.Mqtt.PublishAsync(Topic.ForDesired(row.Thing), payload, MqttQoS.AtLeastOnce, retain: true);
        database.Write((store, transaction) => store.Execute("UPDATE desired SET published = @Version WHERE thing = @Thing AND version = @Version", row, transaction));
    }

    private sealed record Row(string Thing, long Version, long Published, string Body, long At, string Set_By);
}

/// <summary>Publishes at the start what a stop kept from being published.</summary>
internal sealed class DesiredStart(Desired desired) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => desired.PublishMissedAsync(stoppingToken);
}
