using Jingwei.Mqtt;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Devices;
using Jingwei.Server.Directory;
using Jingwei.Server.Notifications.Sending;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Telemetry.Keeping;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Console;

/// <summary>`GET /metrics`: what the platform does, for Prometheus. Sums over all parties, so for those who may see all of them.</summary>
public static class Metrics
{
    // ISA-18.2 has no green alarm; every other band may be one.
    private static readonly Band[] Severities = [Band.Red, Band.Orange, Band.Yellow, Band.Blue];

    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        var started = routes.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        routes.MapGet("/metrics", (Caller caller, Accounting accounting, Readings readings, DeviceServer devices, Things things, Alarms alarms, CaseStore cases, DeliveryBook deliveries, StorageUse storage) =>
        {
            if (!caller.May(Right.View, Scope.Everything))
            {
                return (IResult)Problems.Forbidden("Metrics span all parties; they are for those who may see all of them.");
            }

            var text = new MetricsText();
            AddProcess(text, started);
            AddReadings(text, accounting.Channels, readings);
            AddDisk(text, storage);
            AddMqtt(text, devices.Mqtt.Counters);
            AddWork(text, things, alarms, cases);
            AddDeliveries(text, deliveries.Count());
            return TypedResults.Text(text.ToString(), MetricsText.ContentType);
        }).Requires(Right.View).WithSummary("Figures of the running server in Prometheus' text format.");
    }

    private static void AddDeliveries(MetricsText text, (long Waiting, long Delivered, long Dead, long Dropped) count) => text
        .Add(
            "jingwei_deliveries", MetricKind.Gauge, "Deliveries to webhooks and mail servers that are kept, by state.",
            new Sample(count.Waiting, ("state", "waiting")), new Sample(count.Delivered, ("state", "delivered")), new Sample(count.Dead, ("state", "dead")))
        .Add("jingwei_deliveries_dropped_total", MetricKind.Counter, "Dead deliveries that were removed because there were too many.", count.Dropped);

    private static void AddProcess(MetricsText text, DateTimeOffset started)
    {
        text.Add("jingwei_build_info", MetricKind.Gauge, "The version that runs; always 1.", new Sample(1, ("version", SystemEndpoints.Version)))
            .Add("jingwei_start_time_seconds", MetricKind.Gauge, "When the server started, in seconds since 1970.", started.ToUnixTimeMilliseconds() / 1000.0)
            .Add("process_resident_memory_bytes", MetricKind.Gauge, "Memory of the process in bytes, engine included.", Environment.WorkingSet)
            .Add("process_cpu_seconds_total", MetricKind.Counter, "Processor time of the process in seconds.", Environment.CpuUsage.TotalTime.TotalSeconds)
            .Add("jingwei_gc_heap_bytes", MetricKind.Gauge, "Managed heap in bytes.", GC.GetTotalMemory(forceFullCollection: false))
            .Add("jingwei_gc_allocated_bytes_total", MetricKind.Counter, "Managed memory ever allocated, in bytes.", GC.GetTotalAllocatedBytes())
            .Add("jingwei_gc_pause_seconds_total", MetricKind.Counter, "Time that the garbage collector stopped the process, in seconds.", GC.GetTotalPauseDuration().TotalSeconds)
            .Add(
                "jingwei_gc_collections_total", MetricKind.Counter, "Garbage collections by generation.",
                [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation => new Sample(GC.CollectionCount(generation), ("generation", $"{generation}")))]);
    }

    private static void AddReadings(MetricsText text, IReadOnlyList<ChannelAccount> channels, Readings readings)
    {
        Sample[] Of(Func<ChannelAccount, long> count) => [.. channels.Select(channel => new Sample(count(channel), ("channel", channel.Channel)))];

        text.Add("jingwei_readings_received_total", MetricKind.Counter, "Values received: stored, pending, rejected and duplicate ones.", Of(channel => channel.Received))
            .Add("jingwei_readings_stored_total", MetricKind.Counter, "Values in the engine.", Of(channel => channel.Stored))
            .Add("jingwei_readings_pending", MetricKind.Gauge, "Values in the synced log that are not in the engine yet.", Of(channel => channel.Pending))
            .Add("jingwei_readings_duplicate_total", MetricKind.Counter, "Values that were there already.", Of(channel => channel.Duplicate))
            .Add("jingwei_readings_corrections_total", MetricKind.Counter, "Stored values that replaced an earlier one.", Of(channel => channel.Corrections))
            .Add(
                "jingwei_readings_rejected_total", MetricKind.Counter, "Values that were not accepted, by reason.",
                [.. channels.SelectMany(channel => channel.Reasons.Select(reason =>
                    new Sample(reason.Value, ("channel", channel.Channel), ("reason", reason.Key))))])
            .Add("jingwei_intake_up", MetricKind.Gauge, "1 while readings are taken in, 0 after a fault.", readings.Fault is null ? 1 : 0)
            .Add("jingwei_readings_turned_away_total", MetricKind.Counter, "Values that were not taken, because intake was full or had stopped; those of MQTT QoS 0 are lost.", readings.TurnedAway)
            .Add("jingwei_log_bytes", MetricKind.Gauge, "Log of readings on disk, in bytes.", readings.LogSize.Bytes)
            .Add("jingwei_log_segments", MetricKind.Gauge, "Files of the log of readings.", readings.LogSize.Segments);
    }

    private static void AddDisk(MetricsText text, StorageUse storage)
    {
        var (free, total) = storage.Disk;
        text.Add("jingwei_disk_free_bytes", MetricKind.Gauge, "Bytes that the server may still write on the disk of its data.", free)
            .Add("jingwei_disk_bytes", MetricKind.Gauge, "Size of the disk of its data, in bytes.", total)
            .Add("jingwei_disk_state", MetricKind.Gauge, "Room on that disk: 0 ok, 1 low, 2 critical.", (int)storage.State);
    }

    private static void AddMqtt(MetricsText text, MqttServerCounters mqtt)
    {
        static Sample[] Both(long into, long outOf) => [new(into, ("direction", "in")), new(outOf, ("direction", "out"))];

        text.Add("jingwei_mqtt_connections", MetricKind.Gauge, "MQTT clients that are connected.", mqtt.Connections)
            .Add("jingwei_mqtt_connections_waiting", MetricKind.Gauge, "MQTT connections that wait to be let in.", mqtt.ConnectionsWaiting)
            .Add("jingwei_mqtt_connections_delayed_total", MetricKind.Counter, "MQTT connections that had to wait before they were let in.", mqtt.ConnectionsDelayed)
            .Add("jingwei_mqtt_connections_cut_total", MetricKind.Counter, "MQTT connections that were cut because too many came or were there.", mqtt.ConnectionsCut)
            .Add("jingwei_mqtt_sessions", MetricKind.Gauge, "MQTT sessions, also of clients that are away.", mqtt.Sessions)
            .Add("jingwei_mqtt_retained_messages", MetricKind.Gauge, "Retained MQTT messages.", mqtt.RetainedMessages)
            .Add("jingwei_mqtt_queued_bytes", MetricKind.Gauge, "Memory of QoS 1 and 2 messages that wait in MQTT sessions, in bytes.", mqtt.QueuedBytes)
            .Add("jingwei_mqtt_journal_bytes", MetricKind.Gauge, "Journal of MQTT sessions and retained messages on disk, in bytes.", mqtt.JournalBytes)
            .Add("jingwei_mqtt_packets_total", MetricKind.Counter, "MQTT control packets.", Both(mqtt.PacketsIn, mqtt.PacketsOut))
            .Add("jingwei_mqtt_bytes_total", MetricKind.Counter, "Bytes of MQTT control packets.", Both(mqtt.BytesIn, mqtt.BytesOut))
            .Add("jingwei_mqtt_publishes_total", MetricKind.Counter, "MQTT messages published to and by the server.", Both(mqtt.PublishesIn, mqtt.PublishesOut))
            .Add(
                "jingwei_mqtt_dropped_total", MetricKind.Counter, "MQTT messages that did not reach a subscriber, by reason.",
                [.. Enum.GetValues<MqttDropReason>().Select(reason => new Sample(mqtt.Dropped.GetValueOrDefault(reason), ("reason", Word(reason))))]);
    }

    private static void AddWork(MetricsText text, Things things, Alarms alarms, CaseStore cases)
    {
        var open = alarms.Open.Where(alarm => alarm.State != AlarmState.Suppressed).ToLookup(alarm => alarm.Severity);
        text.Add("jingwei_things", MetricKind.Gauge, "Things in the directory.", things.All.Count)
            .Add(
                "jingwei_alarms_open", MetricKind.Gauge, "Alarms that have not cleared, by severity.",
                [.. Severities.Select(severity => new Sample(open[severity].Count(), ("severity", Word(severity))))])
            .Add("jingwei_cases_open", MetricKind.Gauge, "Cases that are not closed.", cases.CountOpen());
    }

    // "SessionQueueFull" as "session-queue-full": values as the API writes its codes.
    private static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
