namespace Jingwei.Civic;

/// <summary>A point of WGS 84, in degrees: latitude -90 to 90, longitude -180 to 180.</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    /// <summary>It lies on the globe.</summary>
    public bool IsValid => Math.Abs(Latitude) <= 90 && Math.Abs(Longitude) <= 180;
}
