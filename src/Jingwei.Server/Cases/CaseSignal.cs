using System.Collections.Immutable;
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

public sealed record AddComment(string Text) : CaseSignal;

/// <summary>A rule raised its alarm again while its case is open.</summary>
public sealed record LinkAlarm(string Alarm) : CaseSignal;

/// <summary>Time went on.</summary>
public sealed record PassTime : CaseSignal;

/// <summary>Erases what an event said.</summary>
/// <param name="Kind">The kind of that event; null when there is none or it was erased before.</param>
public sealed record EraseEvent(long Seq, string? Kind, string Reason) : CaseSignal;

/// <summary>Who signals, and the highest right that he holds over the case's party and region; null for none.</summary>
/// <param name="Person">True for a user: only users can be assignees.</param>
public readonly record struct CaseActor(string Id, bool Person, Right? Highest)
{
    public static CaseActor Of(Caller caller, Scope scope) =>
        new(caller.Id, caller.Kind == CallerKind.User, HighestOf(caller, scope));

    public bool May(Right right) => Highest >= right;

    private static Right? HighestOf(Caller caller, Scope scope) =>
        Enum.GetValues<Right>().Reverse().Select(right => (Right?)right).FirstOrDefault(right => caller.May(right!.Value, scope));
}

/// <summary>Who is to be assigned, and whether he may operate on the case.</summary>
public sealed record CaseAssignee(string Id, bool MayOperate);

/// <summary>Why a signal was not taken.</summary>
/// <param name="Status">The HTTP status that says it.</param>
/// <param name="Code">Stable kebab-case code.</param>
/// <param name="Errors">By field, for those that can be mended; empty otherwise.</param>
public sealed record Refusal(int Status, string Code, Label Why, ImmutableSortedDictionary<string, string[]> Errors)
{
    public Refusal(int status, string code, string zh, string en)
        : this(status, code, new Label(zh, en), ImmutableSortedDictionary<string, string[]>.Empty)
    {
    }
}

/// <summary>What comes of a signal: events (none when there is nothing to do) or a refusal.</summary>
public sealed record Decision(ImmutableArray<CaseEvent> Events, Refusal? Refusal)
{
    public static Decision Nothing { get; } = new([], null);

    public static Decision Of(CaseEvent it) => new([it], null);

    public static implicit operator Decision(Refusal refusal) => new([], refusal);

    public static implicit operator Decision(ImmutableArray<CaseEvent> events) => new(events, null);
}
