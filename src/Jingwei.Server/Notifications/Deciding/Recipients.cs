using Jingwei.Server.Access;
using Jingwei.Server.Notifications.Rotas;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Notifications.Deciding;

/// <summary>Somebody who is told.</summary>
/// <param name="MailTo">His address where he is told by mail too; null: in the console alone.</param>
/// <param name="MailFrom">When the mail may leave at the earliest.</param>
internal sealed record Told(User User, string? MailTo, string Language, DateTimeOffset MailFrom);

/// <summary>Who is told of an occurrence: those who may see it, by what each subscribed to.</summary>
internal sealed class Recipients(Users users, Parties parties, Regions regions, SettingsBook settings, RotaBook rotas, PackCatalog packs)
{
    public IReadOnlyList<Told> Of(Occurrence what, DateTimeOffset now)
    {
        var scope = new Scope(parties.PathOf(what.Party), regions.PathOf(what.Region));
        var onCall = rotas.OnCall(scope, now).SelectMany(turn => turn.People).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. users.WithRight(Right.View, scope)
                .Where(user => user.Id != what.By)
                .OrderBy(user => user.Id, StringComparer.Ordinal)
                .Select(user => Of(what, user, scope, onCall, now))
                .OfType<Told>(),
        ];
    }

    private Told? Of(Occurrence what, User user, Scope scope, HashSet<string> onCall, DateTimeOffset now)
    {
        var (set, _) = settings.Of(user.Id);
        var wanted = set.Subscriptions.Where(subscription => Wants(subscription, what, user, scope, onCall)).ToList();
        if (wanted.Count == 0)
        {
            return null;
        }

        var mail = wanted.Any(subscription => subscription.Mail) ? set.Mail : null;
        var urgent = what.Severity == Band.Red;
        return new(user, mail, set.Language, urgent || set.Quiet is null ? now : set.Quiet.Until(now, settings.ZoneOf(user)));
    }

    private bool Wants(Subscription subscription, Occurrence what, User user, Scope scope, HashSet<string> onCall) =>
        subscription.Interest.Fits(what, packs.Current) &&
        (subscription.Party is not { } party || scope.PartyPath.Covers(party)) &&
        (subscription.Region is not { } region || scope.RegionPath.Covers(region)) &&
        subscription.Concern switch
        {
            Concern.All => true,
            Concern.Duty => onCall.Contains(user.Id) || what.Directed.Contains(user.Id),
            _ => what.Directed.Contains(user.Id),
        };
}
