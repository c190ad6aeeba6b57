using System.Globalization;
using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>What somebody wants to happen to a case.</summary>
public abstract record CaseSignal;

/// <summary>Opens a case, by hand or, with rule and alarm, by a rule.</summary>
public sealed record OpenCase(
    string Type, Label Title, Band Severity, string? Thing, string Party, string Region,
    IReadOnlyDictionary<string, JsonElement> Fields, string? Rule = null, string? Alarm = null) : CaseSignal
{
    /// <summary>Digest of the version of the type that the case is to go by.</summary>
    public string? Definition { get; init; }

    /// <summary>It is a drill, and stays one: kept apart from what is real in every list and figure.</summary>
    public bool Exercise { get; init; }

    /// <summary>What a rule opens for a thing when it raises an alarm; null when it opens nothing.</summary>
    public static OpenCase? For(Rule rule, Thing thing, string alarm, PackSet packs)
    {
        if (rule.Opens is not { } opens)
        {
            return null;
        }

        var declared = packs.CaseType(opens.Case)?.Fields ?? [];
        var fields = opens.Fields.ToDictionary(
            field => field.Key,
            field => Value(declared.FirstOrDefault(each => each.Id == field.Key)?.Kind ?? PropertyKind.Text, field.Value));
        return new OpenCase(
            opens.Case, new Label(TitleOf(thing, rule.Name.Zh), TitleOf(thing, rule.Name.En)), rule.Severity, thing.Id, thing.Party, thing.Region,
            fields, rule.Id, alarm);
    }

    private static string TitleOf(Thing thing, string rule)
    {
        var title = $"{thing.Name} {rule}";
        return title.Length > CaseLimits.Title ? title[..CaseLimits.Title] : title;
    }

    // Packs write every value as text; what is not of its kind is refused by the decider.
    private static JsonElement Value(PropertyKind kind, string text) => kind switch
    {
        PropertyKind.Number when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) => JsonSerializer.SerializeToElement(number),
        PropertyKind.Boolean when bool.TryParse(text, out var flag) => JsonSerializer.SerializeToElement(flag),
        _ => JsonSerializer.SerializeToElement(text),
    };
}

public sealed record TakeTransition(
    string Transition, IReadOnlyDictionary<string, JsonElement> Fields, CaseAssignee? Assignee, string? Comment) : CaseSignal;

/// <summary>Changes what an open case says of itself, outside of a transition; what is null or not named stays.</summary>
/// <param name="Region">Of the same party.</param>
/// <param name="Fields">By the type's fields; a null value clears one.</param>
public sealed record ReviseCase(
    Label? Title, Band? Severity, string? Region, IReadOnlyDictionary<string, JsonElement?> Fields, string Reason) : CaseSignal
{
    /// <summary>The highest right of the caller over that region, which the store looks up; null: he does not see it, or there is none.</summary>
    internal Right? There { get; init; }
}

public sealed record AddComment(string Text) : CaseSignal;

/// <summary>A rule raised its alarm again while its case is open.</summary>
public sealed record LinkAlarm(string Alarm) : CaseSignal;

/// <summary>Time went on.</summary>
public sealed record PassTime : CaseSignal;

/// <summary>Erases what an event said.</summary>
/// <param name="Kind">The kind of that event; null when there is none or it was erased before.</param>
public sealed record EraseEvent(long Seq, string? Kind, string Reason) : CaseSignal;

/// <summary>Gives the case to another, with the whole responsibility.</summary>
/// <param name="To">Null: to whoever is on duty.</param>
public sealed record PassCase(Passing How, CaseAssignee? To, string? Reason) : CaseSignal;

/// <summary>Sends the case back to whoever had it before.</summary>
public sealed record ReturnCase(string Reason) : CaseSignal;

/// <summary>Lets another act for the assignee.</summary>
/// <param name="To">Null: nobody any more.</param>
public sealed record DelegateCase(CaseAssignee? To, string? Reason) : CaseSignal;

/// <param name="Skip">It need not be done; the text says why.</param>
public sealed record EndTask(string Task, bool Skip, string? Text) : CaseSignal;

public sealed record ReturnTask(string Task, string Reason) : CaseSignal;

/// <param name="To">Null: whoever has the role.</param>
public sealed record AssignTask(string Task, CaseAssignee? To) : CaseSignal;

public sealed record TickItem(string Item, bool Done) : CaseSignal;

public sealed record AddEvidence(Evidence Evidence) : CaseSignal;

/// <summary>Makes the case a part of another, and closes it.</summary>
/// <param name="Into">The other case; null when the caller may not see it.</param>
public sealed record MergeCase(Case? Into, bool MayOperate, string Reason) : CaseSignal;

/// <summary>Takes over what a case that became a part of this one was about.</summary>
public sealed record AbsorbCase(Case From, string Reason) : CaseSignal;

/// <summary>Makes a case that became a part of another one of its own again.</summary>
/// <param name="Other">The case that it is a part of; null when the caller may not see it.</param>
/// <param name="Taken">Another case of its rule and thing is open meanwhile.</param>
public sealed record RestoreCase(Case? Other, bool MayOperate, bool Taken, string Reason) : CaseSignal;

/// <summary>Gives back what a case that is one of its own again was about.</summary>
public sealed record ReleaseCase(Case Restored, string Reason) : CaseSignal;

/// <summary>Ties two cases that have to do with each other, or unties them.</summary>
public sealed record LinkCase(string Other, bool Linked, string? Reason) : CaseSignal
{
    /// <summary>One of the two is an exercise, the other is not.</summary>
    public bool Across { get; init; }
}

/// <summary>What those above want.</summary>
public enum SupervisionKind
{
    /// <summary>To know something.</summary>
    Ask,

    /// <summary>That it goes on.</summary>
    Urge,

    /// <summary>That something is done.</summary>
    Instruct,
}

/// <summary>Asks, urges or instructs who has the case, who has to answer.</summary>
public sealed record SuperviseCase(SupervisionKind Kind, string Text, TimeSpan? AnswerWithin) : CaseSignal
{
    /// <summary>The region of the grant by which the caller may, which the store looks up; null: he may not.</summary>
    internal string? From { get; init; }
}

/// <param name="Seq">The event that asked for it.</param>
public sealed record AnswerSupervision(long Seq, string Text) : CaseSignal;

public sealed record RateCase(int Mark, string? Text) : CaseSignal;

/// <summary>Takes the case to another version of its type.</summary>
/// <param name="To">That version; null when there is none.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="State">The state that the case is in by it; null: the same.</param>
public sealed record MigrateCase(CaseType? To, string Digest, string? State, string Reason) : CaseSignal;
