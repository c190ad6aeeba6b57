namespace Jingwei.Identifiers.Handle.Server;

/// <summary>Whether a value that was asked for goes into an answer.</summary>
internal enum ReadRight
{
    Readable,

    /// <summary>Left out without a word: only what is public was asked for.</summary>
    LeftOut,

    /// <summary>Nobody may read it: 401.</summary>
    Unreadable,

    /// <summary>Whoever asks is to prove that he administers the handle: 402.</summary>
    NeedsAdministrator,
}

internal static class ReadRights
{
    /// <summary>As the Handle.Net server decides (RFC 3652, 3.2.2).</summary>
    public static ReadRight Of(HandlePermissions permissions, bool publicOnly, bool isAdministrator) => permissions switch
    {
        _ when (permissions & HandlePermissions.PublicRead) != 0 => ReadRight.Readable,
        _ when publicOnly => ReadRight.LeftOut,
        _ when (permissions & HandlePermissions.AdminRead) == 0 => ReadRight.Unreadable,
        _ => isAdministrator ? ReadRight.Readable : ReadRight.NeedsAdministrator,
    };
}
