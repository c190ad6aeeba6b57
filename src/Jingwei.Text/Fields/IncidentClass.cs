namespace Jingwei.Text.Fields;

/// <summary>The four classes of emergencies of the Emergency Response Law of China (art. 3) and GB/T 35561.</summary>
public enum IncidentClass
{
    /// <summary>None could be told.</summary>
    Unknown,

    /// <summary>自然灾害.</summary>
    NaturalDisaster,

    /// <summary>事故灾难.</summary>
    Accident,

    /// <summary>公共卫生事件.</summary>
    PublicHealth,

    /// <summary>社会安全事件.</summary>
    SocialSecurity,
}
