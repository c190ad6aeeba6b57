using Jingwei.Server.Access;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>Finds the party and region that a thing belongs to.</summary>
public sealed class ThingScopes(Func<Thing, Scope> scopeOf)
{
    public Scope Of(Thing thing) => scopeOf(thing);
}
