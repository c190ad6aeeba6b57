using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Wire;
using Jingwei.Server.Identifiers.Node;

namespace Jingwei.Server.Identifiers.Resolution;

/// <summary>Answers for identifiers that other nodes have: below a prefix that was delegated, or known only from the roots on.</summary>
internal sealed class ElsewhereAnswers(ResolvedPrefixes prefixes, ForeignHandles foreign)
{
    public async Task<(HandleName Name, HandleResponse Response)> ResolveAsync(HttpContext context, ResolutionFilter filter, CancellationToken cancellation)
    {
        var name = NameOf(context);
        var prefix = IdentifierName.KeyOf(name.Utf8) is { } key ? prefixes.Find(IdentifierName.OwningPrefix(key, name.Prefix.Length)) : null;
        var response = prefix?.Delegation is { } delegation
            ? await foreign.ResolveAsync(name, delegation, cancellation)
            : await foreign.ResolveAsync(name, context.Request.Query.ContainsKey("auth"), cancellation);
        // Who asks over HTTP asks for the identifier, not for who has it.
        return (name, response.Code == HandleResponseCode.ServerNotResponsible ? HandleResponse.Failed(HandleResponseCode.HandleNotFound) : Filtered(response, filter));
    }

    private static HandleResponse Filtered(HandleResponse response, ResolutionFilter filter)
    {
        var wanted = response.Values.Where(filter.Wants).ToList();
        return response.IsSuccess && wanted.Count == 0
            ? HandleResponse.Failed(HandleResponseCode.ValuesNotFound)
            : response with { Values = wanted };
    }

    private static HandleName NameOf(HttpContext context)
    {
        Span<byte> name = stackalloc byte[IdentifierLimits.NameBytes + 1];
        return HandleName.TryParse(TargetName.Of(context, HandleAnswers.Path, name), out var parsed) ? parsed : default;
    }
}
