using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Notifications.Words;

/// <summary>Severities as sentences name them.</summary>
internal static class SeverityWords
{
    public static Label Of(Band severity) => severity switch
    {
        Band.Red => new("红色", "red"),
        Band.Orange => new("橙色", "orange"),
        Band.Yellow => new("黄色", "yellow"),
        Band.Blue => new("蓝色", "blue"),
        _ => new("绿色", "green"),
    };
}
