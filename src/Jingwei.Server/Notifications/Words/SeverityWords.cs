using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Notifications.Words;

/// <summary>Severities as the console names them.</summary>
internal static class SeverityWords
{
    public static Label Of(Band severity) => severity switch
    {
        Band.Red => new("紧急", "Critical"),
        Band.Orange => new("严重", "Major"),
        Band.Yellow => new("一般", "Minor"),
        Band.Blue => new("提示", "Notice"),
        _ => new("正常", "Normal"),
    };
}
