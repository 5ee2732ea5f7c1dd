namespace Orleans.Core
{
    /// <summary>A record in storage.</summary>
    public interface IStorage
    {
        /// <summary>The version that storage gave the record.</summary>
        string? Etag { get; }

        /// <summary>Whether storage holds a record.</summary>
        bool RecordExists { get; }

        /// <summary>Removes the record.</summary>
        Task ClearStateAsync();

        /// <summary>Writes the record.</summary>
        Task WriteStateAsync();

        /// <summary>Reads the record again.</summary>
        Task ReadStateAsync();

        /// <summary>Removes the record.</summary>
        Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

        /// <summary>Writes the record.</summary>
        Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

        /// <summary>Reads the record again.</summary>
        Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
    }

    /// <summary>A record in storage with its value.</summary>
    public interface IStorage<TState> : IStorage
    {
        /// <summary>The value; a change is stored by <see cref="IStorage.WriteStateAsync()"/> only.</summary>
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>A named piece of a grain's state, read before the grain is activated.</summary>
    public interface IPersistentState<TState> : Core.IStorage<TState>;

    /// <summary>Asks for an <see cref="IPersistentState{TState}"/> in a grain's constructor.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
    {
        /// <summary>The name of the state within the grain.</summary>
        public string StateName { get; } = stateName;

        /// <summary>The name of the storage; null means the default one.</summary>
        public string? StorageName { get; } = storageName;
    }
}
