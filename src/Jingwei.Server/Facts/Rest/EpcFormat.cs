namespace Jingwei.Server.Facts.Rest;

/// <summary>How EPCs are written in what is told (header GS1-EPC-Format). The numbers stand in the store and never change.</summary>
internal enum EpcFormat
{
    /// <summary>As they were captured: Never_Translates, and what is told where there is No_Preference.</summary>
    AsCaptured = 0,

    /// <summary>EPC URIs as Digital Links: Always_GS1_Digital_Link, and where nothing is said.</summary>
    DigitalLink = 1,

    /// <summary>Digital Links as EPC URNs, where the length of the company prefix is known: Always_EPC_URN.</summary>
    Urn = 2,
}
