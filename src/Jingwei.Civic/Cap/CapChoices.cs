namespace Jingwei.Civic.Cap;

// Members are named as the standard writes their values: the names are what is read and written.

public enum CapStatus
{
    Actual,
    Exercise,
    System,
    Test,
    Draft,
}

public enum CapMsgType
{
    Alert,
    Update,
    Cancel,
    Ack,
    Error,
}

public enum CapScope
{
    Public,
    Restricted,
    Private,
}

public enum CapCategory
{
    Geo,
    Met,
    Safety,
    Security,
    Rescue,
    Fire,
    Health,
    Env,
    Transport,
    Infra,
    CBRNE,
    Other,
}

public enum CapResponseType
{
    Shelter,
    Evacuate,
    Prepare,
    Execute,
    /// <summary>Since CAP 1.2.</summary>
    Avoid,
    Monitor,
    Assess,
    /// <summary>Since CAP 1.2.</summary>
    AllClear,
    None,
}

/// <summary>How soon to act: at once, within the hour, later.</summary>
public enum CapUrgency
{
    Immediate,
    Expected,
    Future,
    Past,
    Unknown,
}

public enum CapSeverity
{
    Extreme,
    Severe,
    Moderate,
    Minor,
    Unknown,
}

/// <summary>How likely: it is seen, more than about half, less, close to none.</summary>
public enum CapCertainty
{
    Observed,
    Likely,
    Possible,
    Unlikely,
    Unknown,
}
