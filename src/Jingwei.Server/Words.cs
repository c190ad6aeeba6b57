namespace Jingwei.Server;

/// <summary>Enumerations as queries write them.</summary>
internal static class Words
{
    /// <summary>The value of that name, whatever its case; null for none, and one that nothing is for a name that there is not.</summary>
    public static T? Of<T>(string? word) where T : struct, Enum =>
        word is null ? null : Enum.TryParse<T>(word, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : (T)Enum.ToObject(typeof(T), -1);
}
