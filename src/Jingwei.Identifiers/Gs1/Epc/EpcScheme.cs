namespace Jingwei.Identifiers.Gs1.Epc;

/// <summary>The schemes of EPC URIs that stand for GS1 keys (Tag Data Standard 2.x, section 6.3 and table 7-1).</summary>
public enum EpcScheme
{
    /// <summary>Trade item with serial number: AI 01 and 21.</summary>
    Sgtin,
    /// <summary>Logistic unit: AI 00.</summary>
    Sscc,
    /// <summary>Physical location, with or without extension: AI 414 and 254.</summary>
    Sgln,
    /// <summary>Returnable asset with serial number: AI 8003.</summary>
    Grai,
    /// <summary>Individual asset: AI 8004.</summary>
    Giai,
    /// <summary>Recipient of a service: AI 8018.</summary>
    Gsrn,
    /// <summary>Provider of a service: AI 8017.</summary>
    Gsrnp,
    /// <summary>Document with serial number: AI 253.</summary>
    Gdti,
    /// <summary>Component or part with serial number: AI 8010 and 8011.</summary>
    Cpi,
    /// <summary>Coupon with serial number: AI 255.</summary>
    Sgcn,
    /// <summary>Consignment: AI 401.</summary>
    Ginc,
    /// <summary>Shipment: AI 402.</summary>
    Gsin,
    /// <summary>Piece of a trade item, with serial number: AI 8006 and 21.</summary>
    Itip,
    /// <summary>Unit pack of tobacco, by its third-party controlled extension: AI 01 and 235.</summary>
    Upui,
    /// <summary>Party: AI 417.</summary>
    Pgln,
    /// <summary>Trade item with batch or lot, a class of objects: AI 01 and 10.</summary>
    Lgtin,
}
