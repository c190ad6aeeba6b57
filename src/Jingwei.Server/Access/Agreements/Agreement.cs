using System.Collections.Immutable;

namespace Jingwei.Server.Access.Agreements;

/// <summary>How far an agreement got. The numbers stand in the store and never change.</summary>
public enum AgreementState
{
    /// <summary>The other side has not answered.</summary>
    Proposed = 0,

    /// <summary>It holds, until it ends.</summary>
    Accepted = 1,

    /// <summary>The other side did not want it.</summary>
    Declined = 2,

    /// <summary>Who proposed it took it back before it was answered.</summary>
    Withdrawn = 3,

    /// <summary>One of the two ended it.</summary>
    Revoked = 4,

    /// <summary>Its time is over. Told, never stored.</summary>
    Expired = 5,
}

/// <summary>What a party shows to another, and what for. Never changed: other terms are another agreement.</summary>
/// <param name="Products">Product classes, see <see cref="ProductClass"/>: what names one of them is shown. None: everything.</param>
/// <param name="EventTypes">Types of events, as `ObjectEvent`. None: all.</param>
/// <param name="Fields">Fields of events beyond those that are always told, by <see cref="AgreementFields"/>; "*" for all. None: no events are shown.</param>
/// <param name="Values">Types of the values of identifiers, as `URL`; "*" for all.</param>
/// <param name="Statistics">Whether events are counted in statistics that the other side asks for.</param>
/// <param name="Until">The first moment at which it does not hold any more.</param>
public sealed record AgreementTerms(
    ImmutableArray<string> Products, ImmutableArray<string> EventTypes, ImmutableArray<string> Fields, ImmutableArray<string> Values,
    bool Statistics, string Purpose, DateTimeOffset Until)
{
    /// <summary>Everything there is of a list.</summary>
    public const string All = "*";

    /// <summary>Whether events are shown at all.</summary>
    public bool ShowsEvents => !Fields.IsEmpty;

    public bool ShowsField(string field) => Fields.Contains(All) || Fields.Contains(field, StringComparer.Ordinal);

    private bool ShowsType(string eventType) => EventTypes.IsEmpty || EventTypes.Contains(eventType, StringComparer.Ordinal);

    /// <param name="type">As "URL"; types of the Handle System compare without case.</param>
    public bool ShowsValue(string type) => Values.Contains(All) || Values.Contains(type, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is about an event: its type, and one of its objects.</summary>
    /// <param name="objects">Identifiers in canonical form.</param>
    public bool Covers(string eventType, IReadOnlyList<string> objects) => ShowsType(eventType) && (Products.IsEmpty || objects.Any(ShowsProduct));

    /// <param name="identifier">In canonical form.</param>
    public bool ShowsProduct(string identifier) => Products.IsEmpty || Products.Any(product => ProductClass.Holds(product, identifier));
}

/// <summary>A sharing agreement: one party shows another something, and both said so.</summary>
/// <param name="From">The party that shows: its own, and what parties below it have.</param>
/// <param name="To">The party that sees.</param>
/// <param name="ProposedBy">One of the two; where it is <paramref name="To"/>, it asks.</param>
/// <param name="Object">The identifier that it was asked about; null where it was not asked so.</param>
/// <param name="By">Who made the last change.</param>
#pragma warning disable CA1720 // An object of a trace, as EPCIS has it.
public sealed record Agreement(
    string Id, string From, string To, string ProposedBy, AgreementTerms Terms, string? Object, AgreementState State, string By, string? Reason,
    DateTimeOffset Created, DateTimeOffset Changed, long Version)
{
    /// <summary>The side that answers.</summary>
    public string Other => ProposedBy == From ? To : From;

    public bool IsRequest => ProposedBy == To;

    /// <summary>The state as it is told: one whose time is over has expired.</summary>
    public AgreementState StateAt(DateTimeOffset now) =>
        State is AgreementState.Proposed or AgreementState.Accepted && now >= Terms.Until ? AgreementState.Expired : State;

    public bool Holds(DateTimeOffset now) => StateAt(now) == AgreementState.Accepted;
}
