namespace Jingwei.Sdk;

/// <summary>
/// What a pack brings along in C#, where YAML and expressions do not reach. The assemblies in the pack's folder `plugin` have exactly one public class that
/// derives from this one, with a constructor without parameters. It is made when the pack is loaded, and let go when the pack is changed or gone.
/// </summary>
public abstract class Plugin
{
    /// <summary>Declares everything that the plug-in has. Called once, before anything of it is used.</summary>
    public abstract void Register(Registration registration);
}
