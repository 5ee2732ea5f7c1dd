namespace Plumbline.ObjectStore.Azure.Tests.Faults;

/// <summary>What happens to a request on its way.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is carried out, and the connection ends before the answer.</summary>
    LostAnswer,

    /// <summary>It is carried out, and the answer is 500.</summary>
    ErrorAfterwards,

    /// <summary>It is not carried out, and the answer is 503 ServerBusy.</summary>
    Busy,

    /// <summary>It is not carried out, and the connection ends.</summary>
    Reset,

    /// <summary>It is not carried out, and what answers is no storage service.</summary>
    Gibberish,

    /// <summary>Half of the answer's body is sent, and the rest when <see cref="FaultProxy.GoOn"/> says so.</summary>
    Halting,

    /// <summary>The connection ends, and the request is carried out when <see cref="FaultProxy.ReleaseAsync"/> lets it.</summary>
    Late,

    /// <summary>There is no answer until the caller gives up, and it is not carried out.</summary>
    Silence,
}
