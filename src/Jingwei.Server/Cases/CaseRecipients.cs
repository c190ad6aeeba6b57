using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>The people whom an escalation is to reach.</summary>
public sealed class CaseRecipients(Users users, Parties parties, Regions regions)
{
    /// <summary>
    /// Of a kind of region the nearest one that the case is in. Its own people come first: those who were granted the right for that very
    /// region; where there are none, whoever holds it there.
    /// </summary>
    public IReadOnlyList<User> Of(CaseEscalated escalated, CaseRow row)
    {
        var named = escalated.Notify switch { Recipient.Assignee => row.Assignee, Recipient.Opener => row.OpenedBy, _ => null };
        if (escalated.Notify != Recipient.Duty)
        {
            return users.Find(named ?? "") is { Disabled: false } one ? [one] : [];
        }

        return OnDuty(row.Party, RegionOf(row.Region, escalated.Of), escalated.Right ?? Right.Operate);
    }

    /// <summary>Who has to move a case on: who has it and who acts for him, or else whoever may work on it.</summary>
    public IEnumerable<string> Responsible(CaseRow row) => row.Assignee is { } assignee
        ? row.Delegate is { } acting ? [assignee, acting] : [assignee]
        : OnDuty(row.Party, row.Region, Right.Operate).Select(user => user.Id);

    private List<User> OnDuty(string party, string region, Right right)
    {
        var all = users.WithRight(right, new(parties.PathOf(party), regions.PathOf(region))).OrderBy(user => user.Id, StringComparer.Ordinal).ToList();
        var own = all.FindAll(user => user.Grants.Any(grant => grant.Region == region && grant.Role == (Role)right));
        return own.Count > 0 ? own : all;
    }

    /// <summary>The nearest region of a kind that one is in; itself where there is none.</summary>
    public string RegionOf(string region, string? kind)
    {
        for (var next = regions.Find(region); kind is not null && next is not null; next = next.Parent is null ? null : regions.Find(next.Parent))
        {
            if (next.Kind == kind)
            {
                return next.Id;
            }
        }

        return region;
    }
}
