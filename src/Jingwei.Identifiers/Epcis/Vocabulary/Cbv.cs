namespace Jingwei.Identifiers.Epcis.Vocabulary;

/// <summary>The standard vocabularies of CBV 2.0 and of the GS1 Web Vocabulary that events use.</summary>
public static class Cbv
{
    /// <summary>Namespace of the prefix `cbv`.</summary>
    public const string Namespace = "https://ref.gs1.org/cbv/";

    /// <summary>Namespace of the prefix `gs1`, the GS1 Web Vocabulary.</summary>
    public const string WebVocabulary = "https://gs1.org/voc/";

    /// <summary>Namespace of the prefix `epcis`.</summary>
    public const string Epcis = "https://ref.gs1.org/epcis/";

    /// <summary>What every URN of the vocabulary begins with.</summary>
    public const string Urn = "urn:epcglobal:cbv:";

    /// <summary>Business steps, CBV 2.0 clause 7.</summary>
    public static CbvVocabulary BizStep { get; } = new("business step", "urn:epcglobal:cbv:bizstep:", "https://ref.gs1.org/cbv/BizStep-",
        "accepting", "arriving", "assembling", "collecting", "commissioning", "consigning", "creating_class_instance", "cycle_counting",
        "decommissioning", "departing", "destroying", "disassembling", "dispensing", "encoding", "entering_exiting", "holding", "inspecting",
        "installing", "killing", "loading", "other", "packing", "picking", "receiving", "removing", "repackaging", "repairing", "replacing",
        "reserving", "retail_selling", "shipping", "staging_outbound", "stock_taking", "stocking", "storing", "transporting", "unloading",
        "unpacking", "void_shipping", "sensor_reporting", "sampling");

    /// <summary>Dispositions, CBV 2.0 clause 7.</summary>
    public static CbvVocabulary Disposition { get; } = new("disposition", "urn:epcglobal:cbv:disp:", "https://ref.gs1.org/cbv/Disp-",
        "active", "container_closed", "damaged", "destroyed", "dispensed", "disposed", "encoded", "expired", "in_progress", "in_transit", "inactive",
        "no_pedigree_match", "non_sellable_other", "partially_dispensed", "recalled", "reserved", "retail_sold", "returned", "sellable_accessible",
        "sellable_not_accessible", "stolen", "unknown", "available", "completeness_verified", "completeness_inferred", "conformant",
        "container_open", "mismatch_instance", "mismatch_class", "mismatch_quantity", "needs_replacement", "non_conformant", "unavailable");

    /// <summary>Types of business transactions, CBV 2.0 clause 7.</summary>
    public static CbvVocabulary BizTransactionType { get; } = new("business transaction type", "urn:epcglobal:cbv:btt:", "https://ref.gs1.org/cbv/BTT-",
        "bol", "cert", "desadv", "inv", "pedigree", "po", "poc", "prodorder", "recadv", "rma", "testprd", "testres", "upevt");

    /// <summary>Types of sources and destinations, CBV 2.0 clause 7.</summary>
    public static CbvVocabulary SourceDestinationType { get; } = new("source or destination type", "urn:epcglobal:cbv:sdt:", "https://ref.gs1.org/cbv/SDT-",
        "owning_party", "possessing_party", "location");

    /// <summary>Reasons of error declarations, CBV 2.0 clause 7.</summary>
    public static CbvVocabulary ErrorReason { get; } = new("error reason", "urn:epcglobal:cbv:er:", "https://ref.gs1.org/cbv/ER-",
        "did_not_occur", "incorrect_data");

    /// <summary>Components of a measured vector or position, CBV 2.0 clause 7; they have no URNs.</summary>
    public static CbvVocabulary Component { get; } = new("component", null, "https://ref.gs1.org/cbv/Comp-",
        "x", "y", "z", "axial_distance", "azimuth", "height", "spherical_radius", "polar_angle", "elevation_angle", "easting", "northing",
        "latitude", "longitude", "altitude");

    /// <summary>What a sensor measures: gs1:MeasurementType of the GS1 Web Vocabulary.</summary>
    public static CbvVocabulary MeasurementType { get; } = new("measurement type", null, "https://gs1.org/voc/",
        "AbsoluteHumidity", "AbsorbedDose", "AbsorbedDoseRate", "Acceleration", "Radioactivity", "Altitude", "AmountOfSubstance",
        "AmountOfSubstancePerUnitVolume", "Angle", "AngularAcceleration", "AngularMomentum", "AngularVelocity", "Area", "Capacitance", "Conductance",
        "Conductivity", "Count", "Density", "Dimensionless", "DoseEquivalent", "DoseEquivalentRate", "DynamicViscosity", "ElectricCharge",
        "ElectricCurrent", "ElectricCurrentDensity", "ElectricFieldStrength", "Energy", "Exposure", "Force", "Frequency", "Illuminance",
        "Inductance", "Irradiance", "KinematicViscosity", "Length", "LinearMomentum", "Luminance", "LuminousFlux", "LuminousIntensity",
        "MagneticFlux", "MagneticFluxDensity", "MagneticVectorPotential", "Mass", "MassConcentration", "MassFlowRate", "MassPerAreaTime",
        "MemoryCapacity", "MolalityOfSolute", "MolarEnergy", "MolarMass", "MolarVolume", "Power", "Pressure", "RadiantFlux", "RadiantIntensity",
        "RelativeHumidity", "Resistance", "Resistivity", "SolidAngle", "SpecificVolume", "Speed", "SurfaceDensity", "SurfaceTension", "Temperature",
        "Time", "Torque", "Voltage", "Volume", "VolumeFlowRate", "VolumeFraction", "VolumetricFlux", "Wavenumber");

    /// <summary>What a sensor warns of: gs1:SensorAlertType of the GS1 Web Vocabulary.</summary>
    public static CbvVocabulary SensorAlertType { get; } = new("sensor alert type", null, "https://gs1.org/voc/",
        "ALARM_CONDITION", "ERROR_CONDITION");

    /// <summary>A value with the prefix `cbv:`, `gs1:` or `epcis:` spelled out; the context of EPCIS protects these three, so no document can bind them otherwise. Anything else comes back as it is.</summary>
    public static string ExpandPrefix(string value) => value switch
    {
        ['c', 'b', 'v', ':', .. var rest] => Namespace + rest,
        ['g', 's', '1', ':', .. var rest] => WebVocabulary + rest,
        ['e', 'p', 'c', 'i', 's', ':', .. var rest] => Epcis + rest,
        _ => value,
    };
}
