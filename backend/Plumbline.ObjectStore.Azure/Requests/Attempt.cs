namespace Plumbline.ObjectStore.Azure.Requests;

/// <summary>One attempt at an operation.</summary>
/// <param name="MayHaveHappened">Whether an attempt before it may have been carried out although its answer is not known.</param>
/// <param name="CancellationToken">Ends the attempt when its time is over.</param>
internal readonly record struct Attempt(bool MayHaveHappened, CancellationToken CancellationToken);
