using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jingwei.Server.Cases;

/// <summary>How events are written: the kind in a column, the rest as JSON. Stored text is what is committed to, byte for byte.</summary>
public static class CaseEventText
{
    public const string Fields = "field";
    public const string Comment = "commented";
    public const string Supervised = "supervised";
    public const string Answered = "answered";
    public const string AnswerOverdue = "answer-overdue";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly FrozenDictionary<string, Type> Types = new Dictionary<string, Type>
    {
        ["opened"] = typeof(CaseOpened),
        [Fields] = typeof(CaseFieldsChanged),
        ["severity"] = typeof(CaseSeverityChanged),
        ["region"] = typeof(CaseRegionChanged),
        ["transition"] = typeof(CaseTransitioned),
        ["assigned"] = typeof(CaseAssigned),
        ["passed"] = typeof(CasePassed),
        ["delegated"] = typeof(CaseDelegated),
        [Comment] = typeof(CaseCommented),
        ["linked"] = typeof(CaseAlarmLinked),
        ["overdue"] = typeof(CaseOverdue),
        ["reminded"] = typeof(CaseReminded),
        ["escalated"] = typeof(CaseEscalated),
        ["erased"] = typeof(CaseErased),
        ["planned"] = typeof(CasePlanned),
        ["task-ended"] = typeof(CaseTaskEnded),
        ["task-returned"] = typeof(CaseTaskReturned),
        ["task-assigned"] = typeof(CaseTaskAssigned),
        ["task-overdue"] = typeof(CaseTaskOverdue),
        ["tasks-added"] = typeof(CaseTasksAdded),
        ["tasks-dropped"] = typeof(CaseTasksDropped),
        ["task-due-changed"] = typeof(CaseTaskDueChanged),
        ["due-changed"] = typeof(CaseDueChanged),
        ["checked"] = typeof(CaseChecked),
        ["evidence"] = typeof(CaseEvidenceAdded),
        ["merged"] = typeof(CaseMerged),
        ["absorbed"] = typeof(CaseAbsorbed),
        ["restored"] = typeof(CaseRestored),
        ["released"] = typeof(CaseReleased),
        ["case-linked"] = typeof(CaseLinked),
        [Supervised] = typeof(CaseSupervised),
        [Answered] = typeof(CaseSupervisionAnswered),
        [AnswerOverdue] = typeof(CaseAnswerOverdue),
        ["rated"] = typeof(CaseRated),
        ["migrated"] = typeof(CaseMigrated),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, string> Kinds = Types.ToFrozenDictionary(each => each.Value, each => each.Key);

    public static string KindOf(CaseEvent it) => Kinds[it.GetType()];

    public static string Write(CaseEvent it) => JsonSerializer.Serialize(it, it.GetType(), Json);

    /// <summary>Reads an event back; an erased one (null) has nothing left but its kind.</summary>
    /// <exception cref="JsonException">The text is not what <see cref="Write"/> makes.</exception>
    public static CaseEvent Read(string kind, string? content)
    {
        var type = Types.GetValueOrDefault(kind) ?? throw new JsonException($"No event is called {kind}.");
        return (CaseEvent?)JsonSerializer.Deserialize(content ?? "{}", type, Json) ?? throw new JsonException($"The {kind} event is empty.");
    }
}
