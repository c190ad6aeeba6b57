using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>What happened to a case. Says all that the fold needs, so that history reads the same after a pack changed.</summary>
public abstract record CaseEvent;

public sealed record CaseOpened(
    string Type, string State, DateTimeOffset? Due, Band Severity, string? Thing, string Party, string Region, string? Rule) : CaseEvent;

/// <summary>Title or fields were set; a null value clears a field.</summary>
/// <param name="Title">Null leaves it as it is.</param>
/// <param name="Fields">Null once the content was erased.</param>
public sealed record CaseFieldsChanged(Label? Title, ImmutableSortedDictionary<string, FieldValue?>? Fields) : CaseEvent;

public sealed record CaseTransitioned(string Transition, string From, string To, bool Final, DateTimeOffset? Due) : CaseEvent;

public sealed record CaseAssigned(string Assignee) : CaseEvent;

/// <param name="Text">Null once the content was erased.</param>
public sealed record CaseCommented(string? Text) : CaseEvent;

public sealed record CaseAlarmLinked(string Alarm) : CaseEvent;

/// <summary>The deadline of a state passed; once for each stay in it.</summary>
public sealed record CaseOverdue(string State, DateTimeOffset Due) : CaseEvent;

/// <summary>What event <paramref name="Seq"/> said was erased; that it was there, by whom and when, stays.</summary>
public sealed record CaseErased(long Seq, string Reason) : CaseEvent;

/// <summary>An event in its place.</summary>
/// <param name="Seq">1 for the case's first event, without gaps.</param>
public sealed record PlacedEvent(string Case, long Seq, DateTimeOffset At, string Actor, CaseEvent Event);

/// <summary>How events are written: the kind in a column, the rest as JSON. Stored text is what is committed to, byte for byte.</summary>
public static class CaseEventText
{
    public const string Fields = "field";
    public const string Comment = "commented";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly (string Kind, Type Type)[] Kinds =
    [
        ("opened", typeof(CaseOpened)),
        (Fields, typeof(CaseFieldsChanged)),
        ("transition", typeof(CaseTransitioned)),
        ("assigned", typeof(CaseAssigned)),
        (Comment, typeof(CaseCommented)),
        ("linked", typeof(CaseAlarmLinked)),
        ("overdue", typeof(CaseOverdue)),
        ("erased", typeof(CaseErased)),
    ];

    public static string KindOf(CaseEvent it) => Array.Find(Kinds, each => each.Type == it.GetType()).Kind;

    public static string Write(CaseEvent it) => JsonSerializer.Serialize(it, it.GetType(), Json);

    /// <summary>Reads an event back; an erased one (null) has nothing left but its kind.</summary>
    /// <exception cref="JsonException">The text is not what <see cref="Write"/> makes.</exception>
    public static CaseEvent Read(string kind, string? content)
    {
        var type = Array.Find(Kinds, each => each.Kind == kind).Type ?? throw new JsonException($"No event is called {kind}.");
        return (CaseEvent?)JsonSerializer.Deserialize(content ?? "{}", type, Json) ?? throw new JsonException($"The {kind} event is empty.");
    }
}
