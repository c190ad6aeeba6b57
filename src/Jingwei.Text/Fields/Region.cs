namespace Jingwei.Text.Fields;

/// <summary>A region of the tree of administrative divisions (GB/T 2260), or a foreign country.</summary>
/// <param name="Code">Two, four or six digits; of a foreign country its name.</param>
/// <param name="Name">Official name.</param>
/// <param name="Level">1 province or country, 2 city, 3 county.</param>
/// <param name="Parent">The region above; null of a province.</param>
/// <param name="Brief">Whether its name without the rank (丹阳) stands for it in texts.</param>
internal sealed record Region(string Code, string Name, int Level, Region? Parent, bool Brief)
{
    internal Region Province => Parent is null ? this : Parent.Province;

    internal bool IsWithin(Region other)
    {
        for (var at = this; at is not null; at = at.Parent!)
        {
            if (at.Code == other.Code)
            {
                return true;
            }
        }

        return false;
    }
}
