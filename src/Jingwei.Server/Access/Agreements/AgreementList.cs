using System.Globalization;

namespace Jingwei.Server.Access.Agreements;

/// <summary>In which order agreements are listed.</summary>
public enum AgreementOrder
{
    /// <summary>The newest first.</summary>
    Newest,

    /// <summary>What waits for the caller's answer first, the longest waiting before; then what changed last.</summary>
    Turn,
}

/// <summary>Which agreements are asked for. A party stands for itself and all below it.</summary>
/// <param name="Party">On either side.</param>
/// <param name="From">That shows.</param>
/// <param name="To">That sees.</param>
/// <param name="Object">What they are about.</param>
/// <param name="Waiting">Only those that the caller may answer.</param>
#pragma warning disable CA1720 // An object of a trace, as EPCIS has it.
public sealed record AgreementFilter(string? State, string? Party, string? From, string? To, string? Object, bool? Waiting, string? Order);
#pragma warning restore CA1720

/// <summary>How many agreements a caller has, seen from a party.</summary>
/// <param name="Waiting">That wait for his answer.</param>
/// <param name="Given">By which the party, or one below it, shows something.</param>
/// <param name="Taken">By which it sees something.</param>
/// <param name="All">All that he sees, of whichever parties.</param>
public sealed record AgreementCounts(int Waiting, int Given, int Taken, int All);

/// <summary>The agreements that a caller sees, narrowed, in order, by pages.</summary>
public sealed class AgreementList(AgreementBook book, AgreementRights rights, AgreementItems items, Parties parties, TimeProvider clock)
{
    public Page<AgreementItem> Read(Caller caller, AgreementFilter filter, AgreementState? state, AgreementOrder order, PageRequest page)
    {
        var now = clock.GetUtcNow();
        string KeyOf(Agreement agreement) => order == AgreementOrder.Newest ? Latest(agreement.Id) : TurnOf(caller, agreement, now);
        var found = Page.Cut(Seen(caller, state, now).Where(each => IsAskedFor(caller, each, filter, now)).OrderBy(KeyOf, StringComparer.Ordinal), KeyOf, page);
        return new([.. found.Items.Select(each => items.Of(caller, each))], found.Next);
    }

    public AgreementCounts Count(Caller caller, string party, AgreementState? state)
    {
        var now = clock.GetUtcNow();
        var seen = Seen(caller, state, now).ToList();
        return new(
            book.All.Count(each => rights.MaySee(caller, each) && Waits(caller, each, now)), seen.Count(each => IsOf(party, each.From)), seen.Count(each => IsOf(party, each.To)), seen.Count);
    }

    private IEnumerable<Agreement> Seen(Caller caller, AgreementState? state, DateTimeOffset now) =>
        book.All.Where(each => rights.MaySee(caller, each) && (state is null || each.StateAt(now) == state));

    private bool IsAskedFor(Caller caller, Agreement agreement, AgreementFilter filter, DateTimeOffset now) =>
        (filter.Party is not { } party || IsOf(party, agreement.From) || IsOf(party, agreement.To)) &&
        (filter.From is not { } from || IsOf(from, agreement.From)) &&
        (filter.To is not { } to || IsOf(to, agreement.To)) &&
        (filter.Object is null || agreement.Object == filter.Object) &&
        (filter.Waiting != true || Waits(caller, agreement, now));

    private bool IsOf(string above, string party) => parties.PathOf(party).Covers(above);

    private bool Waits(Caller caller, Agreement agreement, DateTimeOffset now) =>
        agreement.StateAt(now) == AgreementState.Proposed && rights.SideOf(caller, agreement, AgreementStep.Accept) is not null;

    private string TurnOf(Caller caller, Agreement agreement, DateTimeOffset now) => Waits(caller, agreement, now)
        ? $"0/{agreement.Id}"
        : string.Create(CultureInfo.InvariantCulture, $"1/{long.MaxValue - agreement.Changed.UtcTicks:D19}/{agreement.Id}");

    // Ids have the time in them: turned round, sign by sign, the latest comes first.
    private static string Latest(string id) => string.Create(id.Length, id, static (turned, id) =>
    {
        for (var at = 0; at < id.Length; at++)
        {
            turned[at] = (char)('~' - id[at] + '!');
        }
    });
}
