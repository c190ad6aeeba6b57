namespace Jingwei.Server.Rules.Windows;

/// <summary>Equal lengths of time, one after the other since the epoch.</summary>
internal static class Spans
{
    /// <summary>Which of them a time lies in; rounds down, also before the epoch.</summary>
    public static long IndexOf(long time, long width) => (time / width) - (time % width < 0 ? 1 : 0);
}
