using Jingwei.Ledger.Tiles;

namespace Jingwei.Tests.Ledger.Tiles;

public sealed class TileTests
{
    [Theory]
    // The specification's own example, and both sides of each turn.
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(1, 999, 1, "tile/1/999.p/1")]
    [InlineData(2, 1000, 255, "tile/2/x001/000.p/255")]
    [InlineData(Tile.EntriesLevel, 273, 112, "tile/entries/273.p/112")]
    [InlineData(63, 1_000_000, 256, "tile/63/x001/x000/000")]
    public void Tiles_have_the_paths_of_the_specification(int level, long index, int width, string path)
    {
        Assert.Equal(path, new Tile(level, index, width).Path);
        Assert.True(Tile.TryRead(path, out var tile));
        Assert.Equal(new Tile(level, index, width), tile);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile")]
    [InlineData("tile/0")]
    [InlineData("tile/00/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/00")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/x1.p/x/000")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tiles/0/000")]
    public void Other_paths_name_no_tile(string path) => Assert.False(Tile.TryRead(path, out _));
}
