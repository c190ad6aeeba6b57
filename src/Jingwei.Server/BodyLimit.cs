using Microsoft.AspNetCore.Http.Metadata;

namespace Jingwei.Server;

/// <summary>The largest request body that a route takes, in bytes; larger ones get 413 before they are read.</summary>
public sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata
{
    /// <summary>What people and programs say in JSON; a case with all its fields stays far below. 1 MiB.</summary>
    public static BodyLimit Usual { get; } = new(1 << 20);
}
