using System.Collections.Concurrent;
using Jingwei.Cel;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Notifications.Words;

/// <summary>Says an occurrence in both languages: in the words of a pack that fit it best, else in the platform's.</summary>
internal sealed partial class Wording(PackCatalog packs, Parties parties, Regions regions, ILogger<Wording> logger)
{
    // By its text and scope. Packs that are read anew bring few new words; the whole goes when it has grown beyond any pack's.
    private const int MaximumCompiled = 10_000;

    private readonly ConcurrentDictionary<(string Text, bool OfAlarms), MessageTemplate> compiled = new();

    public (Label Subject, Label Body) Of(Occurrence what)
    {
        var own = packs.Current.Notifications.Where(text => Fits(text, what)).OrderByDescending(text => text.Rule is not null || text.CaseType is not null).FirstOrDefault();
        var (subject, body) = DefaultWords.Of(what.Kind);
        var said = Say(own?.Subject, what, own) ?? Say(subject, what, null)!;
        return (
            Cut(what.Exercise ? CaseWording.OfExercise(said) : said, NotificationLimits.Subject),
            Cut(Say(own?.Body, what, own) ?? Say(body, what, null)!, NotificationLimits.Body));
    }

    private static bool Fits(NotificationText text, Occurrence what) =>
        text.Kinds.Contains(what.Kind) && (text.Rule ?? text.CaseType ?? what.Subject) == what.Subject;

    private Label? Say(Label? words, Occurrence what, NotificationText? own)
    {
        if (words is null)
        {
            return null;
        }

        var zh = Say(words.Zh, what, own, label => label.Zh);
        var en = Say(words.En, what, own, label => label.En);
        if (zh is not null && en is not null)
        {
            return new(zh, en);
        }

        if (own is not null)
        {
            LogNoValue(own.Id, what.Key);
            return null;
        }

        return Label.Of($"{what.Kind} {what.ThingName} {what.Case}");
    }

    private string? Say(string text, Occurrence what, NotificationText? own, Func<Label, string> say)
    {
        var ofAlarms = MessageScope.IsOfAlarms(what.Kind);
        if (compiled.Count > MaximumCompiled)
        {
            compiled.Clear();
        }

        // What is kept must not hold a plug-in in memory that is out of force: words of its pack are compiled each time.
        var template = own is not null && packs.Current.Plugin(own.Pack) is { } plugin
            ? MessageTemplate.Compile(text, MessageScope.Of([what.Kind], plugin))
            : compiled.GetOrAdd((text, ofAlarms), key => MessageTemplate.Compile(key.Text, MessageScope.Of([what.Kind])));
        // In the order of MessageScope.Of.
        CelValue[] slots =
        [
            CelValue.Of(new CelObject(MessageScope.Thing, what.Thing ?? "", what.ThingName, say(what.TypeName))),
            parties.Find(what.Party)?.Name ?? what.Party,
            regions.Find(what.Region)?.Name ?? what.Region,
            what.Seen(say),
        ];
        return template.Render(slots, parties.ZoneOf(what.Party));
    }

    private static Label Cut(Label label, int most) => new(Cut(label.Zh, most), Cut(label.En, most));

    private static string Cut(string text, int most)
    {
        var trimmed = text.Trim();
        if (trimmed.Length <= most)
        {
            return trimmed;
        }

        // A pair of surrogates is one character.
        var end = char.IsHighSurrogate(trimmed[most - 2]) ? most - 2 : most - 1;
        return trimmed[..end] + "…";
    }

    [LoggerMessage(EventId = 1501, Level = LogLevel.Warning, Message = "The words of notification {Notification} give no value for {Occurrence}; the platform's are used")]
    private partial void LogNoValue(string notification, string occurrence);
}
