using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;

namespace Plumbline.Silos.Tests;

/// <summary>What ties a silo to the others: their connections and the table of members. Cut, the silo goes on running and takes itself for
/// a part of the cluster, and nobody hears of it; only the store it still reaches. To the others that is what the end of a process is; to
/// the store it is worse.</summary>
internal sealed class Wire
{
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = new();
    private volatile bool _isCut;

    public void Tie(ISiloBuilder silo) => silo.Configure<SiloConnectionOptions>(connections =>
    {
        connections.ConfigureSiloInboundConnection(connection => connection.Use(Through));
        connections.ConfigureSiloOutboundConnection(connection => connection.Use(Through));
    });

    public IMembershipTable Tie(IMembershipTable table)
    {
        var tied = DispatchProxy.Create<IMembershipTable, TiedTable>();
        ((TiedTable)tied).Wire = this;
        ((TiedTable)tied).Table = table;
        return tied;
    }

    public void Cut()
    {
        _isCut = true;
        foreach (var connection in _open.Keys) connection.Abort();
    }

    /// <summary>Lets the silo say goodbye, for which it would try for a minute.</summary>
    public void Mend() => _isCut = false;

    private ConnectionDelegate Through(ConnectionDelegate next) => async connection =>
    {
        _open[connection] = true;
        try
        {
            if (_isCut) connection.Abort();
            else await next(connection);
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    };

    /// <summary>The table, for as long as the wire holds.</summary>
    internal class TiedTable : DispatchProxy
    {
        public Wire Wire { get; set; } = null!;

        public IMembershipTable Table { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            Wire._isCut ? throw new IOException("The table of members cannot be reached.") : targetMethod!.Invoke(Table, args);
    }
}
