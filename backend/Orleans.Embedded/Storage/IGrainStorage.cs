using Orleans.Runtime;

namespace Orleans
{
    /// <summary>A grain's state on its way to and from storage.</summary>
    public interface IGrainState<T>
    {
        /// <summary>The state.</summary>
        T State { get; set; }

        /// <summary>The version that storage gave it; null when there is none.</summary>
        string? ETag { get; set; }

        /// <summary>Whether storage holds a record.</summary>
        bool RecordExists { get; set; }
    }

    /// <summary>A plain <see cref="IGrainState{T}"/>.</summary>
    public sealed class GrainState<T>(T state) : IGrainState<T>
    {
        /// <inheritdoc/>
        public T State { get; set; } = state;

        /// <inheritdoc/>
        public string? ETag { get; set; }

        /// <inheritdoc/>
        public bool RecordExists { get; set; }
    }
}

namespace Orleans.Storage
{
    /// <summary>Where grain state lives. Registered as a keyed singleton under its name.</summary>
    public interface IGrainStorage
    {
        /// <summary>Reads the record; leaves a fresh state, no ETag and RecordExists false when there is none.</summary>
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <summary>Writes the record if it still has the state's ETag, and sets the new one.</summary>
        /// <exception cref="InconsistentStateException">Somebody else wrote since it was read.</exception>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <summary>Removes the record if it still has the state's ETag.</summary>
        /// <exception cref="InconsistentStateException">Somebody else wrote since it was read.</exception>
        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <summary>The same, to be given up on request.</summary>
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) => ReadStateAsync(stateName, grainId, grainState);

        /// <summary>The same, to be given up on request.</summary>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) => WriteStateAsync(stateName, grainId, grainState);

        /// <summary>The same, to be given up on request.</summary>
        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) => ClearStateAsync(stateName, grainId, grainState);
    }

    /// <summary>The record changed since it was read: what this activation knows is stale. When it leaves a call, the activation ends.</summary>
    [GenerateSerializer]
    public class InconsistentStateException : OrleansException
    {
        public InconsistentStateException(string errorMsg) : base(errorMsg) { }

        public InconsistentStateException(string errorMsg, Exception exc) : base(errorMsg, exc) { }

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag) : base(errorMsg) => (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception storageException) : base(errorMsg, storageException) =>
            (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

        /// <summary>What storage has.</summary>
        [Id(0)] public string? StoredEtag { get; private set; }

        /// <summary>What the grain had.</summary>
        [Id(1)] public string? CurrentEtag { get; private set; }
    }
}
