using System.Text;
using Plumbline.ObjectStore;
using Plumbline.ObjectStore.Appender;
using Plumbline.ObjectStore.Azure;
using Plumbline.ObjectStore.Journals;

// Appends until it is killed, and prints the number of each event once it is acknowledged. One argument: a folder. Two: an account and a container.
IObjectStore store = args is [var connection, var container]
    ? await AzureObjectStore.OpenAsync(new AzureObjectStoreOptions { ConnectionString = connection, Container = container })
    : FolderObjectStore.Open(new FolderObjectStoreOptions { Root = args[0] });
await using var journal = await Journal<Total, Added>.OpenAsync(store, "crash/journal", new JournalOptions { SnapshotAfterBytes = 4096 });
await using var log = await store.OpenAppendAsync("crash/wal");
await using var rounds = new RoundLogs(store);
using var output = Console.OpenStandardOutput();
for (var number = journal.Version + 1; ; number++)
{
    await journal.AppendAsync([new Added(number)]);
    await log.AppendAsync(BitConverter.GetBytes(number));
    await rounds.AppendAsync(number);
    await store.PutAsync("crash/last", BitConverter.GetBytes(number));
    await output.WriteAsync(Encoding.ASCII.GetBytes($"{number}\n"));
    await output.FlushAsync();
}
