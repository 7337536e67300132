import {connect} from '../../source/cluster/connect.ts';

// Run in a terminal by exec-terminal.test.ts: logs in as a session does before its screen opens.
const connection = await connect({kubeconfig: process.argv[2]});
await connection.authenticate();
process.stdout.write('logged in\n');
await connection.close();
