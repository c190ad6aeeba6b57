using System.Text.Json;

namespace Jingwei.Identifiers.Epcis;

/// <summary>What a repository adds to an event when it takes it in.</summary>
/// <param name="RecordTime">When it was recorded; null leaves it out, for a repository that keeps it beside the event.</param>
/// <param name="EventId">The event's identifier; null leaves the one that it has, or none.</param>
public readonly record struct EventStamp(DateTimeOffset? RecordTime, string? EventId = null);

/// <summary>
/// Writes events as documents of JSON: each event as it came, extensions and all. The prefixes of all events go into the context of the document;
/// an event whose prefix stands for something else there brings its own context.
/// </summary>
public static class EpcisWriter
{
    /// <summary>Writes an `EPCISDocument`.</summary>
    /// <param name="json">Where it goes; deep enough for the events.</param>
    /// <param name="events">The events; their documents must not be disposed of.</param>
    /// <param name="creationDate">When the document is made.</param>
    public static void WriteDocument(Utf8JsonWriter json, IReadOnlyList<EpcisEvent> events, DateTimeOffset creationDate)
    {
        var context = Begin(json, "EPCISDocument", events, creationDate);
        json.WriteStartObject("epcisBody");
        WriteList(json, events, context);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes an `EPCISQueryDocument`, the answer to a query.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="events">The events; their documents must not be disposed of.</param>
    /// <param name="creationDate">When the document is made.</param>
    /// <param name="queryName">Name of the query: `SimpleEventQuery`, or that of a named query.</param>
    /// <param name="subscriptionId">The subscription that it answers; null where it answers a request.</param>
    public static void WriteQueryDocument(Utf8JsonWriter json, IReadOnlyList<EpcisEvent> events, DateTimeOffset creationDate, string queryName = "SimpleEventQuery", string? subscriptionId = null)
    {
        var context = Begin(json, "EPCISQueryDocument", events, creationDate);
        json.WriteStartObject("epcisBody");
        json.WriteStartObject("queryResults");
        if (subscriptionId is not null)
        {
            json.WriteString("subscriptionID", subscriptionId);
        }

        json.WriteString("queryName", queryName);
        json.WriteStartObject("resultsBody");
        WriteList(json, events, context);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes one event that stands by itself, with its context.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="read">The event; its document must not be disposed of.</param>
    /// <param name="stamp">What is added to it; null writes it as it came.</param>
    public static void WriteEvent(Utf8JsonWriter json, EpcisEvent read, EventStamp? stamp = null) => WriteEvent(json, read, read.Context, stamp);

    private static EpcisContext Begin(Utf8JsonWriter json, string type, IReadOnlyList<EpcisEvent> events, DateTimeOffset creationDate)
    {
        var context = EpcisContext.Standard;
        foreach (var read in events)
        {
            context = context.With(read.Context) ?? context;
        }

        json.WriteStartObject();
        json.WritePropertyName("@context");
        context.WriteTo(json);
        json.WriteString("type", type);
        json.WriteString("schemaVersion", "2.0");
        json.WriteString("creationDate", creationDate);
        return context;
    }

    private static void WriteList(Utf8JsonWriter json, IReadOnlyList<EpcisEvent> events, EpcisContext context)
    {
        json.WriteStartArray("eventList");
        foreach (var read in events)
        {
            var isCovered = read.Context.Added.All(pair => context.NamespaceOf(pair.Key) == pair.Value);
            WriteEvent(json, read, isCovered ? null : read.Context, null);
        }

        json.WriteEndArray();
    }

    private static void WriteEvent(Utf8JsonWriter json, EpcisEvent read, EpcisContext? context, EventStamp? stamp)
    {
        json.WriteStartObject();
        if (context is not null)
        {
            json.WritePropertyName("@context");
            context.WriteTo(json);
        }

        foreach (var property in read.Json.EnumerateObject())
        {
            if (!property.NameEquals("@context"u8) && !(stamp is not null && property.NameEquals("recordTime"u8)) && !(stamp?.EventId is not null && property.NameEquals("eventID"u8)))
            {
                property.WriteTo(json);
            }
        }

        if (stamp is { } added)
        {
            if (added.RecordTime is { } recordTime)
            {
                json.WriteString("recordTime", recordTime);
            }

            if (added.EventId is { } id)
            {
                json.WriteString("eventID", id);
            }
        }

        json.WriteEndObject();
    }
}
