using System.Collections.Immutable;

namespace Jingwei.Server.Packs.Drafts;

/// <summary>A folder of a pack whose files each declare one thing.</summary>
/// <param name="Folder">Its name.</param>
/// <param name="Schema">The published schema of its files.</param>
/// <param name="Key">The key that holds the id.</param>
internal sealed record Section(string Folder, string Schema, string Key)
{
    public static readonly Section Things = new("things", "thing.schema.json", "type");
    public static readonly Section Channels = new("channels", "channel.schema.json", "channel");
    public static readonly Section Rules = new("rules", "rule.schema.json", "rule");
    public static readonly Section Indicators = new("indicators", "indicator.schema.json", "indicator");
    public static readonly Section Cases = new("cases", "case.schema.json", "case");
    public static readonly Section Views = new("views", "view.schema.json", "view");
    public static readonly Section Notifications = new("notifications", "notification.schema.json", "notification");
    public static readonly Section Incidents = new("incidents", "incident.schema.json", "incident");
    public static readonly Section Tests = new("tests", "test.schema.json", "test");

    public static readonly ImmutableArray<Section> All = [Things, Channels, Rules, Indicators, Cases, Views, Notifications, Incidents, Tests];
}
