using Jingwei.Server.Identifiers.DigitalLinks;

namespace Jingwei.Tests.Identifiers.Node;

/// <summary>A browser that asks for a page of the console gets it, and one that scanned a code gets on.</summary>
public sealed class DigitalLinkPathsTests
{
    [Theory]
    [InlineData("/01/06912345678902")]
    [InlineData("/01/06912345678902/10/L7")]
    [InlineData("/8004/6912345678902")]
    [InlineData("/253/6912345678900")]
    [InlineData("/01/not-a-gtin")]
    [InlineData("/.well-known/gs1resolver")]
    // The example of the standard (GS1 Digital Link Standard: Compression).
    [InlineData("/ARFKk4XB0CDKWcnpq")]
    public void A_path_of_a_key_or_a_compressed_one_is_a_digital_link(string path) => Assert.True(DigitalLinkPaths.AreOf(path));

    [Theory]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("/accounting")]
    [InlineData("/identifiers")]
    [InlineData("/identifiers/list")]
    [InlineData("/indicators")]
    [InlineData("/notifications")]
    [InlineData("/id/88.118.1/01/06912345678902")]
    [InlineData("/api/handles/88.118.1/01/06912345678902")]
    [InlineData("/10/L7")]
    [InlineData("/01")]
    [InlineData("/0/1")]
    public void Pages_and_routes_are_none(string path) => Assert.False(DigitalLinkPaths.AreOf(path));
}
