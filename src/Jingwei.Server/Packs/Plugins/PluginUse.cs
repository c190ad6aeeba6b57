namespace Jingwei.Server.Packs.Plugins;

/// <summary>Whether the plug-in of a pack is loaded, which runs its code.</summary>
public enum PluginUse
{
    /// <summary>The operator has not allowed plug-ins.</summary>
    Denied,

    /// <summary>He has, but the pack is not one that he lets in.</summary>
    Untrusted,

    Allowed,
}
