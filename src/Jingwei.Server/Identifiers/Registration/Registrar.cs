using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Prefixes;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Identifiers.Statistics;
using Jingwei.Server.Identifiers.Templates;

namespace Jingwei.Server.Identifiers.Registration;

/// <summary>Registers identifiers for a caller: below prefixes whose party he configures, in the form of their templates.</summary>
internal sealed class Registrar(IdentifierStore store, Prefixes.Prefixes prefixes, PrefixRights rights, ProductTemplates templates, ResolutionCounts counts)
{
    /// <summary>Begins a registration of many rows.</summary>
    /// <param name="mode">What is done where an identifier is there already.</param>
    /// <param name="all">Whether the report lists every row.</param>
    public RowRegistration Begin(Caller caller, WriteMode mode, bool all) => new(store, prefixes, rights, templates, counts, caller, mode, new(all));

    /// <summary>Writes one identifier; what is wrong, or null when it is on disk.</summary>
    /// <param name="seen">The version that the caller has seen; null when he takes any.</param>
    public RowFault? Write(Caller caller, RowWriter row, string? template, WriteMode mode, long? seen)
    {
        using var registration = Begin(caller, mode, all: true);
        registration.Add(row, template, null, seen is { } version ? (uint)Math.Clamp(version, 1, uint.MaxValue) : 0);
        registration.Write();
        return registration.Fault;
    }
}
