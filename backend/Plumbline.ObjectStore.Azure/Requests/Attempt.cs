namespace Plumbline.ObjectStore.Azure.Requests;

/// <summary>One attempt at an operation.</summary>
internal sealed class Attempt(bool mayHaveHappened, Action<long> giveTimeFor, CancellationToken cancellationToken)
{
    /// <summary>Whether an attempt before it may have been carried out although its answer is not known.</summary>
    public bool MayHaveHappened => mayHaveHappened;

    /// <summary>Ends the attempt when its time is over.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Begins its time anew, with what so many bytes need.</summary>
    public void GiveTimeFor(long bytes) => giveTimeFor(bytes);
}
